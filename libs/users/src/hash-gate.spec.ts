import { HashGate } from './hash-gate.js';

/** A hash that ends when the test says so. */
interface Held {
  readonly name: string;
  readonly done: Promise<string>;
  finish(): void;
  fail(): void;
}

describe('HashGate', () => {
  let started: string[];

  beforeEach(() => {
    started = [];
  });

  function enter(gate: HashGate, name: string): Held {
    let settle: { resolve: (value: string) => void; reject: (error: Error) => void };
    const held = new Promise<string>((resolve, reject) => (settle = { resolve, reject }));
    const done = gate.run(() => {
      started.push(name);
      return held;
    });
    done.catch(() => undefined);
    return { name, done, finish: () => settle.resolve(name), fail: () => settle.reject(new Error(name)) };
  }

  /** Lets everything that can go on go on. */
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('runs as many at once as it may, and the others in their order', async () => {
    const gate = new HashGate(2, 10);
    const held = ['a', 'b', 'c', 'd', 'e'].map((name) => enter(gate, name));
    await settled();
    expect(started).toEqual(['a', 'b']);
    held[1]?.finish();
    await settled();
    expect(started).toEqual(['a', 'b', 'c']);
    held[0]?.finish();
    held[2]?.finish();
    await settled();
    expect(started).toEqual(['a', 'b', 'c', 'd', 'e']);
    held.forEach((each) => each.finish());
    expect(await Promise.all(held.map(({ done }) => done))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('refuses what finds the queue full, at once, and runs none of it', async () => {
    const gate = new HashGate(1, 2);
    const held = ['a', 'b', 'c'].map((name) => enter(gate, name));
    const refused = enter(gate, 'd');
    await expect(refused.done).rejects.toMatchObject({ code: 'overloaded', retryAfter: 2 });
    held.forEach((each) => each.finish());
    expect(await Promise.all(held.map(({ done }) => done))).toEqual(['a', 'b', 'c']);
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('tells how many run and wait now, and how many it has refused', async () => {
    const gate = new HashGate(2, 1);
    expect(gate.load).toEqual({ running: 0, waiting: 0, shed: 0 });
    const held = ['a', 'b', 'c', 'd', 'e'].map((name) => enter(gate, name));
    expect(gate.load).toEqual({ running: 2, waiting: 1, shed: 2 });
    held[0]?.finish();
    await settled();
    expect(gate.load).toEqual({ running: 2, waiting: 0, shed: 2 });
    held[1]?.fail();
    held[2]?.finish();
    await settled();
    expect(gate.load).toEqual({ running: 0, waiting: 0, shed: 2 });
  });

  it('has room again once somebody left', async () => {
    const gate = new HashGate(1, 1);
    const [a, b] = [enter(gate, 'a'), enter(gate, 'b')];
    await expect(enter(gate, 'c').done).rejects.toMatchObject({ code: 'overloaded' });
    a.finish();
    await a.done;
    const d = enter(gate, 'd');
    b.finish();
    d.finish();
    expect(await Promise.all([b.done, d.done])).toEqual(['b', 'd']);
  });

  it('gives the place of a hash that failed to the next', async () => {
    const gate = new HashGate(1, 10);
    const held = ['a', 'b', 'c'].map((name) => enter(gate, name));
    held[0]?.fail();
    await expect(held[0]?.done).rejects.toThrow('a');
    held[1]?.fail();
    await expect(held[1]?.done).rejects.toThrow('b');
    held[2]?.finish();
    expect(await held[2]?.done).toBe('c');
  });

  it('frees the place of a hash that throws before it begins', async () => {
    const gate = new HashGate(1, 0);
    const broken = (): Promise<never> => {
      throw new Error('broken');
    };
    for (let i = 0; i < 3; i++) await expect(gate.run(broken)).rejects.toThrow('broken');
    expect(await gate.run(() => Promise.resolve('fine'))).toBe('fine');
  });

  it('never runs more than it may, through any sequence of ends', async () => {
    const gate = new HashGate(3, 100);
    let running = 0;
    let most = 0;
    const hash = async (index: number): Promise<void> => {
      most = Math.max(most, ++running);
      for (let turns = index % 5; turns >= 0; turns--) await settled();
      running--;
      if (index % 7 === 0) throw new Error('failed');
    };
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => gate.run(() => hash(index))),
    );
    expect(most).toBe(3);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(9);
  });
});
