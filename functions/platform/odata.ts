/** Quotes a text for an OData filter. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
