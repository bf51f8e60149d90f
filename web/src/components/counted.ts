/** "1 event", "5,000 events"; `many` is given where an s does not make the plural. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
