import { toast } from 'sonner';
import type { CanvasVoice } from './layout/lay-out.ts';

/** Milliseconds before work says that it is going on. */
const PATIENCE = 500;

/** Sentences of the canvas as notes at the top of the window. */
export const canvasVoice: CanvasVoice = {
  refuse: ({ message, fix }) => {
    toast.error(message, { description: fix });
  },
  working: (sentence, cancel) => {
    let note: string | number | null = null;
    const timer = window.setTimeout(() => {
      note = toast.loading(sentence, { action: { label: 'Cancel', onClick: cancel } });
    }, PATIENCE);
    return () => {
      window.clearTimeout(timer);
      if (note !== null) toast.dismiss(note);
    };
  },
};
