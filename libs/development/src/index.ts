export { DevelopmentClock } from './development-clock.js';
export { DevelopmentModule } from './development.module.js';
export { type Planted, SeedFile } from './seed-file.service.js';
export { SeedingModule } from './seeding.module.js';
export { DEVELOPMENT_ADMIN, DEVELOPMENT_CLIENTS, Seeds } from './seeds.service.js';
