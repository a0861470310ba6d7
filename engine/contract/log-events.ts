/** How bad an entry is, in Cloud Logging's words. */
export type LogSeverity = 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

/** One field of a line. Units are UCUM's, as Cloud Monitoring wants them: `s` seconds, `1` a count. */
export type LogField =
  | { readonly type: 'text'; readonly about: string }
  | { readonly type: 'truth'; readonly about: string }
  | { readonly type: 'number'; readonly unit: 's' | '1'; readonly about: string };

type LogFields = Readonly<Record<string, LogField>>;

type ValueOf<Field extends LogField> = Field extends { readonly type: 'text' }
  ? string
  : Field extends { readonly type: 'truth' }
    ? boolean
    : number;

/** One kind of line that the engine writes, with what is made of it in Cloud Monitoring. */
export interface LogEvent {
  readonly about: string;
  readonly severity: LogSeverity;
  readonly fields: LogFields;
  /** What a metric is grouped by and an alert names. */
  readonly labels: readonly string[];
  /** The number that a metric measures. Left out: its lines are counted. */
  readonly value?: string;
  /** Lines with other values than these are in the log, and in no metric and no alert. */
  readonly only?: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** The same, with nothing named that its lines do not have. */
interface DefinedLogEvent<Fields extends LogFields> extends LogEvent {
  readonly fields: Fields;
  readonly labels: readonly (keyof Fields & string)[];
  readonly value?: keyof Fields & string;
  readonly only?: { readonly [Name in keyof Fields & string]?: ValueOf<Fields[Name]> };
}

const defineLogEvent = <const Fields extends LogFields>(event: DefinedLogEvent<Fields>): DefinedLogEvent<Fields> =>
  event;

const text = (about: string) => ({ type: 'text', about }) as const;
const truth = (about: string) => ({ type: 'truth', about }) as const;
const seconds = (about: string) => ({ type: 'number', unit: 's', about }) as const;
const count = (about: string) => ({ type: 'number', unit: '1', about }) as const;

/** Of every line about a promotion. */
const promotionFields = {
  promotion: text('Its id.'),
  application: text('What it moves.'),
  from: text('The environment that the release comes from.'),
  environment: text('The target.'),
  kind: text('promote, rollback (takes an ended one back) or contract (removes what the last release needed).'),
  isDryRun: truth('Whether it only tells what it would do.'),
} as const;

const pair = ['application', 'from', 'environment'] as const;
/** What counts as a promotion in statistics; rollbacks and contract runs are told of, and not counted as promotions. */
const realPromotions = { kind: 'promote', isDryRun: false } as const;

/**
 * Every line that a metric or an alert needs, by its name. What writes them, the filters that select them and the tests that
 * hold one against the other all read this.
 */
export const logEvents = {
  'promotion-started': defineLogEvent({
    about: 'A promotion was asked for.',
    severity: 'INFO',
    fields: { ...promotionFields, release: text('By name.'), requestedBy: text('The id of the actor.') },
    labels: pair,
    only: realPromotions,
  }),
  'promotion-finished': defineLogEvent({
    about: 'A promotion has ended, one way or another.',
    severity: 'INFO',
    fields: {
      ...promotionFields,
      outcome: text(
        'succeeded, failed, rolled-back, rollback-failed, rejected, expired, cancelled or superseded (engine/workflow/outcome.ts).',
      ),
      durationSeconds: seconds('From the request to the end, waiting included.'),
    },
    labels: [...pair, 'outcome'],
    value: 'durationSeconds',
    only: realPromotions,
  }),
  'promotion-failed': defineLogEvent({
    about:
      'A promotion broke, whether or not it is taken back afterwards. One whose requirements are not met is in validation-failed.',
    severity: 'ERROR',
    fields: {
      ...promotionFields,
      step: text('Where it broke.'),
      error: text('The first line of the message, without secrets.'),
    },
    labels: [...pair, 'promotion', 'step'],
    only: { isDryRun: false },
  }),
  'validation-failed': defineLogEvent({
    about: 'A requirement of the path is not met; one line for each gate that failed.',
    severity: 'WARNING',
    fields: {
      ...promotionFields,
      step: text('Where it was judged.'),
      type: text('The gate that failed; the step, where it was no gate.'),
      error: text('The first line of what it says.'),
    },
    labels: [...pair, 'promotion', 'type'],
    only: { isDryRun: false },
  }),
  'approval-needed': defineLogEvent({
    about: 'A promotion begins to wait for an approval; once for each stage.',
    severity: 'INFO',
    fields: { ...promotionFields, detail: text('Who is asked.') },
    labels: [...pair, 'promotion'],
  }),
  'approval-waiting': defineLogEvent({
    about: 'A promotion has waited for an approval for too long; again after each further such time.',
    severity: 'WARNING',
    fields: {
      ...promotionFields,
      detail: text('Who is asked.'),
      waitedSeconds: seconds('Since the promotion began to wait.'),
    },
    labels: [...pair, 'promotion'],
  }),
  'rollback-failed': defineLogEvent({
    about: 'A promotion could not be taken back: the environment is half-way and a person is needed.',
    severity: 'CRITICAL',
    fields: {
      ...promotionFields,
      step: text('What could not be undone.'),
      error: text('The first line of the message, without secrets.'),
    },
    labels: [...pair, 'promotion', 'step'],
  }),
  'migration-finished': defineLogEvent({
    about: "A promotion's database migrations are applied.",
    severity: 'INFO',
    fields: {
      ...promotionFields,
      migrations: count('How many.'),
      durationSeconds: seconds('From the beginning of the step to its end, attempts in between included.'),
    },
    labels: pair,
    value: 'durationSeconds',
  }),
  'queue-length': defineLogEvent({
    about: 'How many promotions of a path wait at a tick, also when none does.',
    severity: 'INFO',
    fields: {
      from: promotionFields.from,
      environment: promotionFields.environment,
      waitingFor: text('slot (their turn in the environment) or approval.'),
      promotions: count('How many wait.'),
      longestSeconds: seconds('How long the first of them has waited.'),
    },
    labels: ['from', 'environment', 'waitingFor'],
    value: 'promotions',
  }),
  tick: defineLogEvent({
    about: 'A tick is over. Where these are absent, nothing is handed out, told or escalated.',
    severity: 'INFO',
    fields: {
      tasks: count('How many were run.'),
      failedTasks: count('Of those, how many failed; they are run again by the next tick.'),
      failures: text('Each task that failed, with why; empty: none.'),
      durationSeconds: seconds('From its beginning to its end.'),
    },
    labels: [],
    value: 'durationSeconds',
  }),
  'health-check-failing': defineLogEvent({
    about: 'Something that was looked at is not well; one line for each, at every look.',
    severity: 'ERROR',
    fields: { check: text('What was looked at.'), error: text('The first line of what is wrong.') },
    labels: ['check'],
  }),
} as const;

export type LogEventName = keyof typeof logEvents;
export const logEventNames = Object.keys(logEvents) as readonly LogEventName[];

/** The values of a line's fields. */
export type LogFieldsOf<Name extends LogEventName> = {
  readonly [
    Field in keyof (typeof logEvents)[Name]['fields']
  ]: (typeof logEvents)[Name]['fields'][Field] extends LogField
    ? ValueOf<(typeof logEvents)[Name]['fields'][Field]>
    : never;
};

/** The name of a line's event stands in this field of `jsonPayload`. */
export const logEventField = 'event';
