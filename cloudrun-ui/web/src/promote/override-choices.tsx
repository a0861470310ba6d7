import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { permissionsQuery, type Permission } from '../api/queries.ts';
import { overrides, type OverrideName } from './promote-wish.ts';
import styles from './promote-form.module.css';

interface OverrideChoicesProps {
  readonly application: string;
  readonly environment: string;
  readonly chosen: readonly OverrideName[];
  readonly onChange: (chosen: readonly OverrideName[]) => void;
}

const choices: Readonly<Record<OverrideName, { readonly label: string; readonly permission: Permission }>> = {
  acknowledges: { label: 'Although it is ready only with caution', permission: 'run' },
  forces: { label: 'Go on although gates fail', permission: 'force' },
  skipsValidation: { label: 'Do not judge gates at all', permission: 'skip-validation' },
  overridesFreezes: { label: 'Although it is frozen', permission: 'override-freeze' },
  isHotfix: { label: 'Take the emergency lane (hotfix)', permission: 'hotfix' },
  isAgain: { label: 'Although it runs or ran there already', permission: 'run' },
};

/** Rules that may be set aside, to whom that is allowed; out of sight until somebody looks for them. */
export function OverrideChoices({ application, environment, chosen, onChange }: OverrideChoicesProps) {
  const { data } = useQuery(permissionsQuery(application, environment));
  const allowed = overrides.filter((name) => data?.commands.includes(choices[name].permission));
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
