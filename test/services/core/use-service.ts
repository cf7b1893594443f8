import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { LocalService } from './types';

/**
 * A service for the tests of a file, back at its start before each of them. What it has is there
 * when the tests run, not while they are collected.
 */
export function useService<Service extends LocalService>(start: () => Promise<Service>): Service {
	const service = {} as Service;
	beforeAll(async () => void Object.assign(service, await start()));
	beforeEach(() => service.reset());
	afterAll(async () => await service.close());
	return service;
}
