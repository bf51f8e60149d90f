/** The name among a record's fields, such as that of a person; null when they hold none. */
export function recordName(fields: readonly { field: string; value: unknown }[]): string | null {
  const text = (name: string): string => {
    const value = fields.find(({ field }) => field.toLowerCase() === name)?.value;
    return typeof value === "string" ? value.trim() : "";
  };
  return text("fullname") || `${text("firstname")} ${text("lastname")}`.trim() || text("name") || null;
}
