export { DevelopmentModule } from './development.module.js';
export { DEVELOPMENT_ADMIN, DEVELOPMENT_CLIENTS, Seeds } from './seeds.service.js';
