const SUBSCRIPT = /_(\w+)/;

/** A label whose `W_hh` is set with its index below the line. */
export function FieldLabel({ text }: { readonly text: string }) {
  const parts = text.split(SUBSCRIPT);
  return parts.map((part, index) => (index % 2 === 0 ? part : <sub key={index}>{part}</sub>));
}
