/** Gives the user a text as a file. A link with `download` needs no permission. */
export function saveFile(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the content over once the click is through.
  setTimeout(() => URL.revokeObjectURL(url));
}
