import { DENSITY, pngOf } from '../../charts/pictures/picture.ts';
import type { Layout, NodePlace } from '../layout.ts';
import { BARS, paintPicture } from './paint-picture.ts';
import type { Picture } from './picture.ts';
import { fit, hold, nodeAt, panBy, reveal, zoomAt, type Frame, type View } from './projection.ts';

export type Painted = Omit<Picture, 'view' | 'frame' | 'colours'> & { readonly colours: (canvas: HTMLElement) => Picture['colours'] };

/** Holds the view of one picture and paints it at most once a frame, past React, so that panning costs only the painting. */
export class Painter {
  private canvas: HTMLCanvasElement | null = null;
  private painted: Painted | null = null;
  private view: View = { pitch: 1, left: 0, top: 0 };
  private frame: Frame = { width: 0, height: 0 };
  /** Somebody has chosen this view: a new size keeps it. */
  private moved = false;
  private waiting: number | null = null;

  attach(canvas: HTMLCanvasElement | null): void {
    this.canvas = canvas;
    if (canvas !== null || this.waiting === null) return;
    window.cancelAnimationFrame(this.waiting);
    this.waiting = null;
  }

  /** What is to be painted from now on; a picture of another size is shown as a whole. */
  set(painted: Painted): void {
    const before = this.painted?.layout;
    this.painted = painted;
    if (before?.columns !== painted.layout.columns || before.rows !== painted.layout.rows) {
      this.moved = false;
      this.view = fit(painted.layout, this.frame);
    }
    this.repaint();
  }

  /** In CSS pixels. Paints at once, since a canvas that changes its size is empty. */
  resize(width: number, height: number, bars: boolean): void {
    const { canvas, painted } = this;
    if (canvas === null || painted === null || width === 0 || height === 0) return;
    const density = window.devicePixelRatio;
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    this.frame = { width, height: Math.max(60, height - (bars ? BARS : 0)) };
    this.view = this.moved ? hold(painted.layout, this.frame, this.view) : fit(painted.layout, this.frame);
    this.paint();
  }

  fit(): void {
    this.moved = false;
    this.move((layout, frame) => fit(layout, frame));
  }

  /** About a point of the canvas, or its middle. */
  zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
    this.moved = true;
    this.move((layout, frame, view) => zoomAt(layout, frame, view, factor, at?.x ?? frame.width / 2, at?.y ?? frame.height / 2));
  }

  pan(dx: number, dy: number): void {
    this.moved = true;
    this.move((layout, frame, view) => panBy(layout, frame, view, dx, dy));
  }

  reveal(place: NodePlace): void {
    this.move((layout, frame, view) => reveal(layout, frame, view, place));
  }

  nodeAt(x: number, y: number): NodePlace | null {
    return this.painted === null ? null : nodeAt(this.painted.layout, this.frame, this.view, x, y);
  }

  /** What is in sight, on the ground it lies on, twice as fine as on the screen. */
  png(): Promise<Blob> {
    const { canvas: seen, painted, frame, view } = this;
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    if (seen === null || painted === null || context === null) throw new Error('nothing is painted yet');
    canvas.width = Math.round(seen.clientWidth * DENSITY);
    canvas.height = Math.round(seen.clientHeight * DENSITY);
    context.scale(DENSITY, DENSITY);
    const { colours, ...picture } = painted;
    const read = colours(seen);
    paintPicture(context, { ...picture, pointed: null, colours: read, frame, view });
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = read.ground;
    context.fillRect(0, 0, seen.clientWidth, seen.clientHeight);
    return pngOf(canvas);
  }

  private move(change: (layout: Layout, frame: Frame, view: View) => View): void {
    if (this.painted === null || this.frame.width === 0) return;
    this.view = change(this.painted.layout, this.frame, this.view);
    this.repaint();
  }

  private repaint(): void {
    this.waiting ??= window.requestAnimationFrame(() => {
      this.paint();
    });
  }

  private paint(): void {
    this.waiting = null;
    const { canvas, painted, frame, view } = this;
    const context = canvas?.getContext('2d') ?? null;
    if (canvas === null || context === null || painted === null || frame.width === 0) return;
    const density = window.devicePixelRatio;
    context.setTransform(density, 0, 0, density, 0, 0);
    const { colours, ...picture } = painted;
    paintPicture(context, { ...picture, colours: colours(canvas), frame, view });
  }
}
