/** The commands that a person types to run the downloaded script, in order. */
interface ScriptCommands {
  /** Installs the module that signs in; once on a computer. */
  install: string;
  run: string;
}

/** The commands for a script that lies among the downloads. They work in Windows PowerShell and in PowerShell 7. */
export function scriptCommands(fileName: string): ScriptCommands {
  return {
    install: "Install-Module Az.Accounts -Scope CurrentUser",
    // A new computer runs no script at all, and none from the internet: here it is allowed for this window alone.
    run: `Set-ExecutionPolicy Bypass -Scope Process -Force; & "$HOME\\Downloads\\${fileName}"`,
  };
}
