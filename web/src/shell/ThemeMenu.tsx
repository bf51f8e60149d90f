import {
  Button,
  Menu,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
} from "@fluentui/react-components";
import { DarkTheme20Regular, WeatherMoon20Regular, WeatherSunny20Regular } from "@fluentui/react-icons";
import type { ThemeChoice } from "./theme.ts";

const choices = {
  system: { label: "Use system setting", icon: <DarkTheme20Regular /> },
  light: { label: "Light", icon: <WeatherSunny20Regular /> },
  dark: { label: "Dark", icon: <WeatherMoon20Regular /> },
} as const;

interface ThemeMenuProps {
  choice: ThemeChoice;
  choose: (choice: ThemeChoice) => void;
}

/** Chooses between light, dark and what the system says. */
export function ThemeMenu({ choice, choose }: ThemeMenuProps) {
  return (
    <Menu
      inline
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_, { checkedItems }) => choose((checkedItems[0] ?? "system") as ThemeChoice)}
    >
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content="Theme" relationship="label">
          <Button appearance="subtle" icon={choices[choice].icon} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {Object.entries(choices).map(([value, { label, icon }]) => (
            <MenuItemRadio key={value} name="theme" value={value} icon={icon}>
              {label}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
