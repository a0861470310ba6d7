import { Checkbox } from '@mantine/core';
import type { PipelinePath } from '../pages/pipelines/pipeline-query.ts';
import { overrides, type OverrideName } from './promote-wish.ts';
import styles from './promote-form.module.css';

interface OverrideChoicesProps {
  readonly path: PipelinePath;
  readonly chosen: readonly OverrideName[];
  readonly onChange: (chosen: readonly OverrideName[]) => void;
}

const choices: Readonly<
  Record<OverrideName, { readonly label: string; readonly rule: PipelinePath['maySetAside'][number] | undefined }>
> = {
  acknowledges: { label: 'Although it is ready only with caution', rule: 'acknowledge' },
  forces: { label: 'Go on although gates fail', rule: 'force' },
  skipsValidation: { label: 'Do not judge gates at all', rule: 'skip-validation' },
  overridesFreezes: { label: 'Although it is frozen', rule: 'override-freeze' },
  isHotfix: { label: 'Take the emergency lane (hotfix)', rule: 'hotfix' },
  isAgain: { label: 'Although it runs or ran there already', rule: undefined },
};

/** Rules of the path that whoever looks may set aside; out of sight until somebody looks for them. */
export function OverrideChoices({ path, chosen, onChange }: OverrideChoicesProps) {
  const allowed = overrides.filter((name) => {
    const { rule } = choices[name];
    // What is no rule is for everybody who may promote.
    return rule === undefined ? path.mayPromote : path.maySetAside.includes(rule);
  });
  if (allowed.length === 0) return null;
  return (
    <details className={styles['overrides']}>
      <summary>Set rules aside</summary>
      <div className={styles['choices']}>
        {allowed.map((name) => (
          <Checkbox
            key={name}
            label={choices[name].label}
            checked={chosen.includes(name)}
            onChange={(event) => {
              onChange(event.currentTarget.checked ? [...chosen, name] : chosen.filter((each) => each !== name));
            }}
          />
        ))}
      </div>
    </details>
  );
}
