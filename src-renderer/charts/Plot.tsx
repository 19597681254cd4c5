import { useEffect, useLayoutEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useSize } from './use-size.ts';

export type PlotOptions = Omit<uPlot.Options, 'width' | 'height'>;

interface PlotProps {
  /** Named for those who cannot see it. */
  readonly label: string;
  /** A new object makes a new plot; data and size alone do not. */
  readonly options: PlotOptions;
  readonly data: uPlot.AlignedData;
}

/** uPlot in a box that it fills and follows. */
export function Plot({ label, options, data }: PlotProps): React.JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(data);
  const size = useSize(box);
  const hasSize = size.width > 0 && size.height > 0;

  useLayoutEffect(() => {
    const node = box.current;
    if (node === null || !hasSize) return;
    const made = new uPlot({ ...options, width: node.clientWidth, height: node.clientHeight }, latest.current, node);
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [options, hasSize]);

  useEffect(() => {
    latest.current = data;
    plot.current?.setData(data);
  }, [data]);

  useEffect(() => {
    if (hasSize) plot.current?.setSize(size);
  }, [size, hasSize]);

  return <div ref={box} className="plot" role="img" aria-label={label} />;
}
