import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { toast } from 'sonner';
import { z } from 'zod';
import { serializeProject } from '../src-engine/document/file/serialize-project.ts';
import { connect } from './bridge/connect.ts';
import { browserFiles, pickFile } from './browser-files.ts';
import { dataCommands } from './data-commands.ts';
import { browserPicker } from './picked-files.ts';
import { CodeProvider, createCodeActions } from './state/code-context.ts';
import { pageDelay } from './state/page-delay.ts';
import { documentCommands } from './state/document/document-commands.ts';
import { documentStore, isUnsaved } from './state/document-store.ts';
import { AskProvider, createAsk } from './state/ask-context.ts';
import { createStartFork, ForkProvider } from './state/runs/fork-store.ts';
import { createImportActions } from './state/import/import-actions.ts';
import { DataProvider } from './state/import/import-context.ts';
import { followData } from './state/follow-data.ts';
import { followLoading } from './state/import/import-loading.ts';
import { importStore } from './state/import/import-store.ts';
import { EditKeeper } from './state/keeping/keep-edits.ts';
import { createKeepingActions } from './state/keeping/keeping-actions.ts';
import { KeepingProvider } from './state/keeping/keeping-context.ts';
import { createLocateActions } from './state/import/locate-actions.ts';
import { registerCommands } from './state/commands.ts';
import { bindShortcuts } from './state/shortcuts.ts';
import { followRecent } from './state/workspace/recent-store.ts';
import { createRunActions } from './state/runs/run-actions.ts';
import { followDocument } from './state/runs/run-document.ts';
import { followMemory } from './state/memory-store.ts';
import { followRun } from './state/runs/run-events.ts';
import { attachAtStart } from './state/runs/reattach.ts';
import { followTabDocument } from './state/tab-document.ts';
import { tellSaved } from './state/workspace/tell-saved.ts';
import { runStore } from './state/run-store.ts';
import { createRunsActions, followRuns, RunsProvider } from './state/runs/runs-actions.ts';
import { followWeights } from './state/runs/run-weights.ts';
import { FilesProvider } from './state/workspace/workspace-context.ts';
import { createFileActions } from './state/workspace/workspace-files.ts';
import { createModelImport } from './state/import/model-import.ts';
import { workspaceStore } from './state/workspace-store.ts';
import { applyTheme } from './state/workspace/workspace-theme.ts';
import { App } from './App.tsx';
import { followShell } from './follow-shell.ts';
import { tellFollowing } from './tell-following.ts';
import { warnBeforeLeaving } from './leave-page.ts';
import { followKeeping, keepingCommands, takeOverEdits } from './keeping-commands.ts';
import { logCommands } from './log-commands.ts';
import { modelCommands } from './model-commands.ts';
import { viewSwitchCommands } from './view-switch-commands.ts';
import { windowCommands } from './window-commands.ts';
import './ui/global.css';

// The page's policy forbids `eval`, which zod would otherwise try for its faster parsers.
z.config({ jitless: true });

function start(root: HTMLElement): void {
  applyTheme(document.documentElement);
  const client = connect(window);
  const after = (milliseconds: number, action: () => void): void => void window.setTimeout(action, milliseconds);
  const run = createRunActions(client, runStore, {
    project: () => documentStore.getState().project,
    text: () => serializeProject(documentStore.getState().project),
    handle: () => workspaceStore.getState().file?.handle ?? null,
    document: () => ({
      id: documentStore.getState().id,
      fileName: workspaceStore.getState().file?.name ?? null,
      version: workspaceStore.getState().file?.version ?? null,
      saved: !isUnsaved(documentStore.getState()),
    }),
  });
  const browser = browserFiles(window);
  const ownFiles = createFileActions(client, browser);
  const files = { ...ownFiles, importModel: createModelImport(client, run, ownFiles.start) };
  const picker = browserPicker(window);
  const data = { ...createImportActions(client, importStore, picker), ...createLocateActions(client, picker) };
  const keeper = new EditKeeper(client, after);
  const keeping = createKeepingActions(client, runStore, keeper, { pick: () => pickFile(window, '.checkpoint,.previous'), download: browser.download });
  followRun(client, runStore);
  followMemory(client);
  followLoading(client, runStore);
  followData(client, runStore, pageDelay(window), () => workspaceStore.getState().file?.handle ?? null);
  followDocument(run, runStore, pageDelay(window));
  followWeights(client, runStore, pageDelay(window));
  const runs = createRunsActions(client, run);
  followRuns(client, runs, pageDelay(window));
  tellSaved(client, after);
  registerCommands([
    ...windowCommands(run, files, browser),
    ...modelCommands(files, () => pickFile(window, '.onnx,.safetensors,.json')),
    ...viewSwitchCommands(),
    ...dataCommands(data),
    ...logCommands(client),
    ...keepingCommands(keeping),
    ...documentCommands((sentence) => toast(sentence)),
  ]);
  bindShortcuts(window);
  followRecent(client);
  followShell(client, files, window);
  followKeeping(client, keeping, window);
  warnBeforeLeaving(window);
  const render = (): void => {
    createRoot(root).render(
      <StrictMode>
        <FilesProvider value={files}>
          <CodeProvider value={createCodeActions(client, browser.download)}>
            <DataProvider value={data}>
              <AskProvider value={createAsk(client)}>
                <ForkProvider value={createStartFork(run)}>
                  <RunsProvider value={runs}>
                    <KeepingProvider value={keeping}>
                      <App />
                    </KeepingProvider>
                  </RunsProvider>
                </ForkProvider>
              </AskProvider>
            </DataProvider>
          </CodeProvider>
        </FilesProvider>
      </StrictMode>,
    );
  };
  followTabDocument();
  // What trains in the host is shown at once: no gallery flashes up before it.
  const { soon, attached } = attachAtStart(client, runStore, after);
  void soon.then(async () => {
    render();
    void takeOverEdits(keeping, keeper);
    const session = await attached;
    if (session !== null && session.windows > 1) tellFollowing(session.document.fileName ?? documentStore.getState().project.name);
  });
}

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root element');
start(root);
