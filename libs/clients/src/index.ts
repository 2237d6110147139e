export { Client, type ClientKind } from './client.entity.js';
export { ClientSecret } from './client-secret.entity.js';
export { type ClientApplication, ClientNameTaken, Clients, type NewClient } from './clients.service.js';
export { ClientsModule } from './clients.module.js';
