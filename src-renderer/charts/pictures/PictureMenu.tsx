import { useContext } from 'react';
import { ImageDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { formatsOf, PictureContext, pictureFile, type PaintedView, type Picture, type PictureFormat } from './picture.ts';
import './picture-menu.css';

const words: Readonly<Record<PictureFormat, { readonly title: string; readonly about: string }>> = {
  png: { title: 'PNG', about: 'a picture, twice as fine as on the screen' },
  svg: { title: 'SVG', about: 'a drawing, to be edited or printed at any size' },
  csv: { title: 'CSV', about: 'the numbers, for a table' },
};

interface PictureMenuProps {
  readonly picture: Picture | PaintedView;
  /** What is saved, as the button is named: `Save the loss`. */
  readonly label: string;
  /** `corner`: over the top right of a box that holds it. */
  readonly place?: 'line' | 'corner';
}

/** The way out for one chart. */
export function PictureMenu({ picture, label, place = 'line' }: PictureMenuProps): React.JSX.Element | null {
  const save = useContext(PictureContext);
  if (save === null) return null;
  const write = async (format: PictureFormat): Promise<void> => {
    save(picture.name, format, await pictureFile(picture, format));
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="picture-button" data-place={place} aria-label={label} title={label}>
        <ImageDown aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="ui-popup picture-menu" align="start" sideOffset={4} collisionPadding={8}>
          {formatsOf(picture).map((format) => (
            <DropdownMenu.Item key={format} className="ui-popup-item" onSelect={() => void write(format)}>
              <span className="picture-format">{words[format].title}</span>
              <span className="picture-about">{words[format].about}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
