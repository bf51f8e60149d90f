/** Gives the browser a file to save under this name. */
export function saveFile(fileName: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser takes its own hold of the content only after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
