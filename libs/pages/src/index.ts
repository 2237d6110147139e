export { pages } from './pages.contract.js';
