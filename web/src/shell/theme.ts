import { useEffect, useState } from "react";
import { useMediaQuery } from "../components/useMediaQuery.ts";

/** What the person chose: to follow the system, or one of the two. */
export type ThemeChoice = "system" | "light" | "dark";

const key = "portal-sync.theme";

/** The chosen theme, remembered on this device, and whether it comes out dark. */
export function useTheme(): { choice: ThemeChoice; dark: boolean; choose: (choice: ThemeChoice) => void } {
  const [choice, setChoice] = useState<ThemeChoice>(remembered);
  const systemIsDark = useMediaQuery("(prefers-color-scheme: dark)");
  const dark = choice === "system" ? systemIsDark : choice === "dark";
  useEffect(() => {
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  }, [dark]);
  const choose = (next: ThemeChoice): void => {
    setChoice(next);
    localStorage.setItem(key, next);
  };
  return { choice, dark, choose };
}

function remembered(): ThemeChoice {
  const stored = localStorage.getItem(key);
  return stored === "light" || stored === "dark" ? stored : "system";
}
