import { useEffect, useLayoutEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './plot.css';
import { useSize } from './use-size.ts';

export type PlotOptions = Omit<uPlot.Options, 'width' | 'height'>;

interface PlotProps {
  /** Named for those who cannot see it. */
  readonly label: string;
  /** A new object makes a new plot; data, overlay and size alone do not. */
  readonly options: PlotOptions;
  readonly data: uPlot.AlignedData;
  /** Ends of scales that do not follow the data, by scale. */
  readonly scales?: Readonly<Record<string, { readonly min: number; readonly max: number }>>;
  /** Hears of the plot while it is there; the same function for as long as the options. */
  readonly onPlot?: (plot: uPlot | null) => void;
  /** Draws over the curves. */
  readonly overlay?: (plot: uPlot) => void;
}

function setScales(plot: uPlot, scales: PlotProps['scales']): void {
  for (const [name, ends] of Object.entries(scales ?? {})) plot.setScale(name, ends);
}

/** uPlot in a box that it fills and follows. */
export function Plot({ label, options, data, scales, overlay, onPlot }: PlotProps): React.JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ data, scales, overlay });
  const size = useSize(box);
  const hasSize = size.width > 0 && size.height > 0;

  useLayoutEffect(() => {
    const node = box.current;
    if (node === null || !hasSize) return;
    const drawOver = (made: uPlot): void => latest.current.overlay?.(made);
    const withOverlay = { ...options, plugins: [...(options.plugins ?? []), { hooks: { draw: drawOver } }] };
    const made = new uPlot({ ...withOverlay, width: node.clientWidth, height: node.clientHeight }, latest.current.data, node);
    setScales(made, latest.current.scales);
    plot.current = made;
    onPlot?.(made);
    return () => {
      plot.current = null;
      onPlot?.(null);
      made.destroy();
    };
  }, [options, hasSize, onPlot]);

  useEffect(() => {
    latest.current = { data, scales, overlay };
    const shown = plot.current;
    if (shown === null) return;
    shown.batch(() => {
      shown.setData(data, scales === undefined);
      setScales(shown, scales);
    });
  }, [data, scales, overlay]);

  useEffect(() => {
    if (hasSize) plot.current?.setSize(size);
  }, [size, hasSize]);

  return <div ref={box} className="plot" role="img" aria-label={label} />;
}
