/** The ABI: what a host instantiating the module may call. Memory is imported as `env.memory`, shared. */
export { run } from './interpret';
