import {
  Avatar,
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { SignOut20Regular } from "@fluentui/react-icons";
import { useSession } from "../auth/Session.ts";
import type { Role } from "../../../functions/contracts/me.ts";

const roleNames: Record<Role, string> = {
  "Platform.Admin": "Global administrator",
  "Organization.Admin": "Organization administrator",
};

const useStyles = makeStyles({
  button: {
    minWidth: "auto",
    flexShrink: 0,
    padding: tokens.spacingHorizontalXXS,
    borderRadius: tokens.borderRadiusCircular,
  },
  person: {
    display: "flex",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalM,
    minWidth: 0,
  },
  lines: { display: "flex", flexDirection: "column", minWidth: 0, overflowWrap: "anywhere" },
  label: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  minor: { color: tokens.colorNeutralForeground2 },
});

/** Says who is signed in and in which roles, and signs out. */
export function PersonMenu({ roles }: { roles: Role[] }) {
  const styles = useStyles();
  const { person, signOut } = useSession();
  if (!person) return null;
  return (
    <Menu inline positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <Button className={styles.button} appearance="subtle">
          <span className={styles.label}>Account of {person.name}</span>
          <Avatar name={person.name} size={32} color="brand" aria-hidden="true" />
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <div className={styles.person}>
          <Avatar name={person.name} size={48} color="brand" aria-hidden="true" />
          <div className={styles.lines}>
            <Text weight="semibold">{person.name}</Text>
            <Text size={200}>{person.signInName}</Text>
            <Text size={200} className={styles.minor}>
              {roles.map((role) => roleNames[role]).join(", ")}
            </Text>
          </div>
        </div>
        <MenuDivider />
        <MenuList>
          <MenuItem icon={<SignOut20Regular />} onClick={signOut}>
            Sign out
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
