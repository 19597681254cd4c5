import { IMPORT_TASKS, type ImportTask } from '../../../src-engine/document/data/import-options.ts';
import type { ParamValue } from '../../../src-engine/document/project.ts';
import type { DataDescription } from '../../../src-engine/session/protocol.ts';
import type { ChosenData } from '../../../src-main/contract.ts';
import { formatShare } from '../../charts/format-number.ts';
import { useDataActions } from '../../state/import/import-context.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { Segmented } from '../../ui/fields/Segmented.tsx';
import { Select } from '../../ui/fields/Select.tsx';
import { Switch } from '../../ui/fields/Switch.tsx';
import { NumberOption } from './NumberOption.tsx';
import { bytesText, countText, delimiters, encodings, missingRules, taskNames } from './import-words.ts';

interface SettingsProps {
  readonly description: DataDescription;
  readonly vectors: ChosenData | null;
}

/** What was recognised, each as a field that can be put right. */
export function ImportSettings({ description, vectors }: SettingsProps): React.JSX.Element {
  const { options } = description.data;
  const isTable = options['format'] === 'csv' || options['format'] === 'jsonl';
  const task = IMPORT_TASKS.find((each) => each === options['task']) ?? 'classify';
  return (
    <section className="import-settings" aria-label="What was recognised">
      <SectionTitle>The file</SectionTitle>
      <FileFields description={description} />
      <SectionTitle>The task</SectionTitle>
      {isTable ? <TaskChoice task={task} /> : <p className="import-task">{task === 'language' ? 'Learn to write on' : 'Tell the classes apart'}</p>}
      {task === 'forecast' ? <ForecastFields options={options} /> : <TextFields options={options} task={task} description={description} vectors={vectors} />}
    </section>
  );
}

function TaskChoice({ task }: { readonly task: ImportTask }): React.JSX.Element {
  const actions = useDataActions();
  return (
    <Segmented
      label="Task"
      value={task}
      options={(['classify', 'forecast'] as const).map((value) => ({ value, label: taskNames[value] }))}
      onChange={(value) => void actions.decide({ task: value })}
    />
  );
}

function FileFields({ description }: { readonly description: DataDescription }): React.JSX.Element {
  const actions = useDataActions();
  const { options } = description.data;
  const { format, encoding, delimiter, header } = options;
  return (
    <>
      <Field label="Encoding">
        {({ control }) => (
          <Select id={control} value={String(encoding ?? 'utf-8')} options={encodings} onChange={(value) => void actions.decide({ encoding: value })} />
        )}
      </Field>
      {format === 'csv' ? (
        <>
          <Field label="Delimiter">
            {({ control }) => (
              <Select
                id={control}
                value={String(delimiter ?? ',')}
                options={delimiters(String(delimiter ?? ','))}
                onChange={(value) => void actions.decide({ delimiter: value })}
              />
            )}
          </Field>
          <Field label="First row" hint={header === false ? 'is data' : 'names the columns'}>
            {({ control, description: note }) => (
              <Switch id={control} describedBy={note} checked={header !== false} onChange={(value) => void actions.decide({ header: value })} />
            )}
          </Field>
        </>
      ) : null}
    </>
  );
}

type Options = Readonly<Record<string, ParamValue>>;

function ForecastFields({ options }: { readonly options: Options }): React.JSX.Element {
  const actions = useDataActions();
  return (
    <>
      <NumberOption name="window" label="Window" unit="rows" options={options} fallback={null} rule={COUNT} about="Rows a model reads before it answers." />
      <NumberOption
        name="horizon"
        label="Horizon"
        unit="rows"
        options={options}
        fallback={1}
        rule={COUNT}
        about="Rows from the last one read to the one forecast."
      />
      <NumberOption name="stride" label="Stride" unit="rows" options={options} fallback={1} rule={COUNT} about="Rows between the starts of two windows." />
      <Field label="Missing" about="What happens where a number is missing.">
        {({ control }) => (
          <Select
            id={control}
            value={String(options['missing'] ?? 'refuse')}
            options={missingRules}
            onChange={(value) => void actions.decide({ missing: value })}
          />
        )}
      </Field>
    </>
  );
}

interface TextFieldsProps extends SettingsProps {
  readonly options: Options;
  readonly task: ImportTask;
}

function TextFields({ options, task, description, vectors }: TextFieldsProps): React.JSX.Element {
  const actions = useDataActions();
  const { vocabulary, vectors: found } = description;
  const unit = options['unit'] === 'character' ? 'character' : 'word';
  return (
    <>
      <Field label="Read by">
        {() => (
          <Segmented
            label="Read by"
            value={unit}
            options={[
              { value: 'character', label: 'Characters' },
              { value: 'word', label: 'Words' },
            ]}
            onChange={(value) => void actions.decide({ unit: value, length: undefined, vocabulary: undefined })}
          />
        )}
      </Field>
      <NumberOption
        name="vocabulary"
        label="Vocabulary"
        unit={`${unit}s`}
        options={options}
        fallback={vocabulary?.kept ?? null}
        rule={COUNT}
        about="The most frequent are kept; the others are read as unknown."
        hint={vocabulary === null ? null : `${formatShare(vocabulary.coverage)} of the text, of ${countText(vocabulary.distinct, `different ${unit}`)}`}
      />
      <NumberOption
        name="length"
        label="Length"
        unit={`${unit}s`}
        options={options}
        fallback={description.lengths?.longest ?? null}
        rule={COUNT}
        about="Steps of an example; longer ones are cut."
      />
      {unit === 'word' && task === 'classify' ? (
        <Field
          label="Vectors"
          hint={
            found === null
              ? 'of the app where it knows the words'
              : `${countText(found.found, 'word')} of ${found.tokens.toLocaleString('en')} found, ${found.size} numbers each`
          }
        >
          {({ control }) => (
            <Button id={control} size="small" onClick={() => void actions.choose('vectors')}>
              {vectors === null ? 'Other vectors\u2026' : `${vectors.name}, ${bytesText(vectors.bytes)}`}
            </Button>
          )}
        </Field>
      ) : null}
    </>
  );
}

const COUNT = { min: 1, max: 1_000_000, integer: true } as const;
