/** Shortens a text to a number of characters and says so at its end. Half a surrogate pair never remains. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text.toWellFormed();
  const note = `… (${text.length} characters)`;
  return text.slice(0, length - note.length).toWellFormed() + note;
}

/** As {@link clip}; null stays null. */
export function clipOrNull(text: string | null, length: number): string | null {
  return text === null ? null : clip(text, length);
}
