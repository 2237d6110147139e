import { type Operation, type Shown, text } from '@gatehouse/contract-kit';
import { Mails, SeededClient, SeededUser, Time } from './development.shapes.js';

export const readClock: Operation<Shown<typeof Time>> = {
  id: 'getClock',
  tag: 'dev',
  summary: 'Tell the time by the turned clock',
  answer: { about: 'The time', shape: Time },
};

export const advanceClock: Operation<Shown<typeof Time>> = {
  id: 'advanceClock',
  tag: 'dev',
  summary: 'Turn the clock forward: whatever lives so long expires at once',
  answer: { about: 'The time from now on', shape: Time },
};

export const listMails: Operation<Shown<typeof Mails> | string> = {
  id: 'listMails',
  tag: 'dev',
  summary: 'List the mails that the service has written, newest first',
  answer: {
    about: 'The newest 100; a page where the request does not accept JSON',
    shape: Mails,
    otherwise: { 'text/html': text({ about: 'The page', example: '<!doctype html>…' }) },
  },
};

export const resetService: Operation<void> = {
  id: 'resetService',
  tag: 'dev',
  summary:
    "Remove all accounts, sessions, applications and mails, plant development's own, turn the clock back",
  answer: { about: 'All is as at the first start, and every earlier token is refused' },
};

export const createUser: Operation<Shown<typeof SeededUser>> = {
  id: 'createUser',
  tag: 'dev',
  summary: 'Make an account of any status and role; nothing is mailed',
  answer: { about: 'The account', shape: SeededUser },
  refusals: ['username_taken', 'email_taken', 'overloaded'],
};

export const createClient: Operation<Shown<typeof SeededClient>> = {
  id: 'createClient',
  tag: 'dev',
  summary: 'Make a client application with a known secret',
  answer: {
    about: 'The application',
    shape: SeededClient,
    example: { channels: ['web', 'ios'], scopes: [] },
  },
  refusals: ['client_taken'],
};
