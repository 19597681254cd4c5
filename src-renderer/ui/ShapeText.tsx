import './shape-text.css';

const SHAPE = /(\b[A-Z](?: x \w+)+)/;

/** A sentence with its shapes (`B x T x 100`) set as on the wires: typewriter letters and real multiplication signs. */
export function ShapeText({ children }: { readonly children: string }) {
  return children.split(SHAPE).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={index} className="ui-shape">
        {part.replaceAll(' x ', ' \u00d7 ')}
      </span>
    ),
  );
}
