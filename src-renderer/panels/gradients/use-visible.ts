import { useEffect, useState } from 'react';
import type { IDockviewPanelProps } from 'dockview-react';

/** Whether a docked panel is in front: one behind another asks nothing of the engine. */
export function useVisible({ api }: IDockviewPanelProps): boolean {
  const [visible, setVisible] = useState(api.isVisible);
  useEffect(() => {
    const listening = api.onDidVisibilityChange((event) => {
      setVisible(event.isVisible);
    });
    return () => {
      listening.dispose();
    };
  }, [api]);
  return visible;
}
