import { always, oneOf, type Operation, record, type Shown, text } from '@gatehouse/contract-kit';

export const Live = record('Live', { status: oneOf(['ok']) });

const Denylist = record(
  'Denylist',
  { source: oneOf(['redis', 'postgres'], 'Which store answers whether a token is revoked; either will do') },
  {
    reason: oneOf(
      ['not_configured', 'redis_unreachable', 'no_lease', 'evicting', 'untrusted'],
      'Why it is not Redis',
    ),
  },
);

export const Ready = record(
  'Ready',
  { status: oneOf(['ok', 'unavailable']), postgres: oneOf(['ok', 'unreachable']), denylist: Denylist },
  { stopping: always(true) },
);

export const live: Operation<Shown<typeof Live>> = {
  id: 'live',
  tag: 'health',
  summary: 'Whether the process runs and answers',
  answer: { about: 'It does', shape: Live },
};

export const ready: Operation<Shown<typeof Ready>> = {
  id: 'ready',
  tag: 'health',
  summary: 'Whether the node can do its work and wants requests',
  answer: { about: 'It can', shape: Ready },
  others: {
    503: {
      about: 'It cannot, or is about to stop',
      shape: Ready,
      example: { status: 'unavailable', postgres: 'unreachable' },
    },
  },
};

export const metrics: Operation<string> = {
  id: 'metrics',
  tag: 'health',
  summary: 'Figures for Prometheus, where METRICS_PORT is public',
  answer: {
    about: 'The text format of Prometheus',
    contentType: 'text/plain',
    shape: text({ about: 'The figures', example: '# HELP gatehouse_…' }),
  },
};
