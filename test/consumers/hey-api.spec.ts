import { describeClientsBy } from './support/generated-clients.js';

describeClientsBy('hey-api');
