import { describeSeconds } from '../contract/describe-seconds.ts';
import type { CustomGate, GateName, GateSettings } from './gate-schema.ts';
import type { SettingPath } from './problem.ts';

/**
 * Which way of changing a setting makes its gate stricter.
 * - `at-least`, `at-most`: a limit; without a number there is none.
 * - `longest`: as `at-most`, for durations.
 * - `shortest`: as `at-least`, for durations.
 * - `all-of`: a list of which each entry is demanded.
 * - `one-of`: a list of which any entry suffices; an empty one lets everything suffice.
 * - `fail`: fails rather than warns.
 * - `demanded`: true rather than false.
 * - `free`: it makes the gate neither stricter nor less strict.
 * - `same`: it changes what is measured, so that no other value is comparable.
 */
type Direction =
  'at-least' | 'at-most' | 'longest' | 'shortest' | 'all-of' | 'one-of' | 'fail' | 'demanded' | 'free' | 'same';
type Directions<Settings> = {
  readonly [Key in keyof Settings]-?: Direction | { readonly [Inner in keyof NonNullable<Settings[Key]>]-?: Direction };
};

const ofEveryGate = { maxAgeSeconds: 'longest', onMissing: 'fail' } as const;
const bySeverity = <Way extends Direction>(way: Way) => ({ critical: way, high: way, medium: way, low: way });

/** A setting that is missing here is missing to the compiler, too. */
const directions: { readonly [Name in GateName]: Directions<GateSettings<Name>> } = {
  tests: { ...ofEveryGate, suites: 'all-of', minimumPassedPercent: 'at-least', maximumSkipped: 'at-most' },
  coverage: { ...ofEveryGate, minimumPercent: 'at-least' },
  findings: {
    ...ofEveryGate,
    maximum: bySeverity('at-most'),
    maximumAgeSeconds: bySeverity('longest'),
    onExcess: bySeverity('fail'),
    scanners: 'all-of',
  },
  signature: { ...ofEveryGate, signers: 'one-of', keys: 'one-of', keyless: 'same' },
  slo: {
    ...ofEveryGate,
    minimumAvailabilityPercent: 'at-least',
    maximumErrorRatePercent: 'at-most',
    maximumP95Ms: 'at-most',
    windowSeconds: 'same',
    environment: 'same',
  },
  errorBudget: { ...ofEveryGate, maximumConsumedPercent: 'at-most', windowSeconds: 'same', environment: 'same' },
  criticalAlerts: { ...ofEveryGate, maximum: 'at-most', environment: 'same' },
  stability: { ...ofEveryGate, forSeconds: 'shortest', maximumRestarts: 'at-most', environment: 'same' },
  health: { ...ofEveryGate, environment: 'same' },
  responseTimes: {
    ...ofEveryGate,
    maximumApiSeconds: 'at-most',
    maximumFrontendSeconds: 'at-most',
    environment: 'same',
  },
  codeReview: { ...ofEveryGate, minimumApprovals: 'at-least' },
  bugs: { ...ofEveryGate, maximum: bySeverity('at-most'), maximumAgeSeconds: bySeverity('longest') },
  lint: { ...ofEveryGate, maximumErrors: 'at-most', maximumWarnings: 'at-most' },
  load: {
    ...ofEveryGate,
    phases: 'all-of',
    waitSeconds: 'free',
    minimumRequestsPerSecond: 'at-least',
    maximumErrorRatePercent: 'at-most',
    maximumP95Ms: 'at-most',
  },
  performance: { ...ofEveryGate, maximumRegressionPercent: 'at-most', maximumP95Ms: 'at-most' },
  canary: {
    ...ofEveryGate,
    minimumTrafficPercent: 'at-least',
    minimumDurationSeconds: 'shortest',
    minimumSuccessPercent: 'at-least',
  },
  source: { ...ofEveryGate, requireClean: 'demanded', branches: 'one-of' },
  migrations: { ...ofEveryGate, requireDown: 'demanded' },
  readiness: { ...ofEveryGate, minimumPercent: 'at-least' },
};

const directionsOfCustom: Directions<CustomGate> = { ...ofEveryGate, name: 'same', action: 'same' };

type Settings = Readonly<Record<string, unknown>>;
type Way = Direction | Readonly<Record<string, Direction>>;

/** A setting that demands less than it must. */
export interface Weakening {
  /** Inside the gate's settings. */
  readonly path: SettingPath;
  /** What it must be, in words that follow "must be". */
  readonly least: string;
}

/** Where the settings of a gate demand less than they must. Both with every default in them. */
export function weakenings(gate: GateName | 'custom', given: Settings, least: Settings): readonly Weakening[] {
  return leaves(gate).flatMap(({ path, direction }) => {
    const [is, must] = [valueAt(given, path), valueAt(least, path)];
    return isAsStrict(direction, is, must) ? [] : [{ path, least: inWords(direction, must) }];
  });
}

/** Settings that demand what each of two demands. Where they cannot be compared, the second one's count. */
export function strictest(gate: GateName | 'custom', one: Settings, other: Settings): Settings {
  const result: Record<string, unknown> = {};
  for (const { path, direction } of leaves(gate)) {
    setAt(result, path, stricter(direction, valueAt(one, path), valueAt(other, path)));
  }
  return result;
}

interface Leaf {
  readonly path: readonly string[];
  readonly direction: Direction;
}

function leaves(gate: GateName | 'custom'): readonly Leaf[] {
  const ways: Readonly<Record<string, Way>> = gate === 'custom' ? directionsOfCustom : directions[gate];
  return Object.entries(ways).flatMap(([key, way]): readonly Leaf[] => {
    if (typeof way === 'string') return [{ path: [key], direction: way }];
    return Object.entries(way).map(([inner, direction]) => ({ path: [key, inner], direction }));
  });
}

function isAsStrict(direction: Direction, given: unknown, least: unknown): boolean {
  switch (direction) {
    case 'at-least':
    case 'shortest':
      return least === undefined || Number(given) >= Number(least);
    case 'at-most':
    case 'longest':
      return least === undefined || Number(given) <= Number(least);
    case 'all-of':
      return entries(least).every((entry) => has(given, entry));
    case 'one-of':
      return (
        entries(least).length === 0 || (entries(given).length > 0 && entries(given).every((entry) => has(least, entry)))
      );
    case 'fail':
      return given === least || given === 'fail';
    case 'demanded':
      return given === least || given === true;
    case 'free':
      return true;
    case 'same':
      return JSON.stringify(given) === JSON.stringify(least);
  }
}

function stricter(direction: Direction, one: unknown, other: unknown): unknown {
  if (direction === 'all-of') return [...entries(other), ...entries(one).filter((entry) => !has(other, entry))];
  if (direction === 'one-of' && entries(one).length > 0 && entries(other).length > 0) {
    const both = entries(other).filter((entry) => has(one, entry));
    return both.length > 0 ? both : other;
  }
  if (direction === 'same') return other;
  return isAsStrict(direction, other, one) ? other : one;
}

function inWords(direction: Direction, least: unknown): string {
  switch (direction) {
    case 'at-least':
      return `at least ${String(least)}`;
    case 'at-most':
      return `at most ${String(least)}`;
    case 'shortest':
      return `at least ${describeSeconds(Number(least))}`;
    case 'longest':
      return `at most ${describeSeconds(Number(least))}`;
    case 'all-of':
      return `a list with ${entries(least).map(entryInWords).join(', ')}`;
    case 'one-of':
      return `a list of nothing but ${entries(least).map(entryInWords).join(', ')}`;
    case 'fail':
      return 'fail';
    case 'demanded':
      return 'true';
    case 'free':
    case 'same':
      return sameInWords(least);
  }
}

function sameInWords(least: unknown): string {
  if (least === undefined) return 'left out';
  return typeof least === 'string' || typeof least === 'number' ? String(least) : 'the same';
}

function entries(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Entries that say the same are the same. */
function has(list: unknown, entry: unknown): boolean {
  return entries(list).some((each) => JSON.stringify(each) === JSON.stringify(entry));
}

/** What has a name goes by it. */
function entryInWords(entry: unknown): string {
  const name: unknown = typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'name') : entry;
  return typeof name === 'string' ? name : JSON.stringify(entry);
}

function valueAt(settings: Settings, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (group, key) => (typeof group === 'object' && group !== null ? Reflect.get(group, key) : undefined),
    settings,
  );
}

function setAt(settings: Record<string, unknown>, [key = '', inner]: readonly string[], value: unknown): void {
  const entry = (name: string): Settings => (value === undefined ? {} : { [name]: value });
  if (inner === undefined) Object.assign(settings, entry(key));
  else settings[key] = { ...(settings[key] as Settings | undefined), ...entry(inner) };
}
