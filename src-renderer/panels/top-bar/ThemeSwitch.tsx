import { Monitor, Moon, Sun } from 'lucide-react';
import { useWorkspace, workspaceStore, type ThemeChoice } from '../../state/workspace-store.ts';
import { IconButton } from '../../ui/IconButton.tsx';

const next: Readonly<Record<ThemeChoice, ThemeChoice>> = { dark: 'light', light: 'system', system: 'dark' };
const icons: Readonly<Record<ThemeChoice, React.JSX.Element>> = { dark: <Moon />, light: <Sun />, system: <Monitor /> };
const names: Readonly<Record<ThemeChoice, string>> = { dark: 'Dark', light: 'Light', system: 'System' };

/** Dark, light, or what the system says. */
export function ThemeSwitch(): React.JSX.Element {
  const choice = useWorkspace((workspace) => workspace.theme);
  return (
    <IconButton
      label={`Theme: ${names[choice]}`}
      icon={icons[choice]}
      onClick={() => {
        workspaceStore.setState({ theme: next[choice] });
      }}
    />
  );
}
