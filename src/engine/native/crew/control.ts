/**
 * What the training worker and its helpers share besides WebAssembly's memory: whole numbers that say what is to be
 * done. The work falls into tickets, which whoever is free takes; which of them does one changes nothing in the result.
 *
 * A ticket carries the generation of its work, so that a helper who comes late takes none of the next one's: see `take`.
 */

/** Places of the numbers. */
const GENERATION = 0;
const TICKETS = 1;
const UNITS = 2;
const WORK = 3;
const COUNT = 4;
const ROOM = 5;
const ROOM_EACH = 6;
const NEXT = 7;
const OPENED = 8;
const DONE = 9;
const BROKEN = 10;
const PLACES = 16;

/** The most arguments of a work. */
const MOST_NUMBERS = 32;

/** Ticket numbers have so many bits; generations the rest. */
const TICKET_BITS = 16;
const TICKET_MASK = (1 << TICKET_BITS) - 1;
const GENERATION_MASK = (1 << (31 - TICKET_BITS)) - 1;

/** Looks before a helper goes to sleep: the next operation of a step mostly comes within some microseconds. */
const LOOKS = 4000;

/** Milliseconds after which a helper that has a ticket is taken for dead. */
const PATIENCE = 20_000;

export interface Job {
  /** Number of the work. */
  work: number;
  units: number;
  numbers: readonly number[];
  /** The address of the first participant's room, and the bytes to the next one's. */
  room: number;
  roomEach: number;
}

/** Does the units from…to with a room. */
export type Doing = (work: number, numbers: readonly number[], from: number, to: number, room: number) => void;

export const controlBytes = PLACES * 4 + MOST_NUMBERS * 8;

export class Control {
  private readonly places: Int32Array;
  private readonly numbers: Float64Array;

  constructor(readonly buffer: SharedArrayBuffer) {
    this.places = new Int32Array(buffer, 0, PLACES);
    this.numbers = new Float64Array(buffer, PLACES * 4, MOST_NUMBERS);
  }

  /**
   * Has the helpers take part in a work, and takes part oneself; returns when all is done.
   * @param tickets into how many parts it falls, at most 60,000
   * @throws Error where a helper failed or answers no more
   */
  lead(job: Job, tickets: number, doing: Doing): void {
    const { places, numbers } = this;
    const generation = (Atomics.load(places, GENERATION) + 1) & GENERATION_MASK;
    // From here on late tickets of the work before are void.
    Atomics.store(places, GENERATION, generation);
    numbers.set(job.numbers);
    places[UNITS] = job.units;
    places[WORK] = job.work;
    places[COUNT] = job.numbers.length;
    places[ROOM] = job.room;
    places[ROOM_EACH] = job.roomEach;
    Atomics.store(places, DONE, 0);
    Atomics.store(places, BROKEN, 0);
    Atomics.store(places, TICKETS, tickets);
    Atomics.store(places, NEXT, generation << TICKET_BITS);
    Atomics.add(places, OPENED, 1);
    Atomics.notify(places, OPENED);
    const failure = this.takePart(0, doing);
    this.awaitAll(tickets);
    if (failure !== null) throw failure;
    if (Atomics.load(places, BROKEN) !== 0) throw new Error('a thread failed');
  }

  private awaitAll(tickets: number): void {
    const { places } = this;
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(places, DONE) >= tickets) return;
    const until = performance.now() + PATIENCE;
    for (let done = Atomics.load(places, DONE); done < tickets; done = Atomics.load(places, DONE)) {
      if (performance.now() > until) throw new Error('a thread stopped answering');
      Atomics.wait(places, DONE, done, 100);
    }
  }

  /**
   * Takes tickets and does them as long as there are any.
   * @param lane the participant's number
   * @returns why one failed; null where none did
   */
  private takePart(lane: number, doing: Doing): unknown {
    const { places } = this;
    let failure: unknown = null;
    for (let ticket = this.take(); ticket >= 0; ticket = this.take()) {
      const [tickets = 1, units = 0] = [places[TICKETS], places[UNITS]];
      const numbers = Array.from(this.numbers.subarray(0, places[COUNT]));
      const from = Math.floor((ticket * units) / tickets);
      const to = Math.floor(((ticket + 1) * units) / tickets);
      try {
        doing(places[WORK] ?? 0, numbers, from, to, (places[ROOM] ?? 0) + lane * (places[ROOM_EACH] ?? 0));
      } catch (error) {
        failure = error;
        Atomics.store(places, BROKEN, 1);
      }
      if (Atomics.add(places, DONE, 1) + 1 >= tickets) Atomics.notify(places, DONE);
    }
    return failure;
  }

  /**
   * A ticket of the work under way; −1 where there is none. What a ticket says is read after it is taken: then the work
   * cannot end before this one has, so it stays what it is. The number of tickets is read before the generation: had a
   * next work been prepared meanwhile, the generation would tell.
   */
  private take(): number {
    const { places } = this;
    const taken = Atomics.add(places, NEXT, 1);
    const tickets = Atomics.load(places, TICKETS);
    const generation = Atomics.load(places, GENERATION);
    const ticket = taken & TICKET_MASK;
    return taken >> TICKET_BITS === generation && ticket < tickets ? ticket : -1;
  }

  /** A helper's life: waits for works and takes part in them. Does not return. */
  help(lane: number, doing: Doing): never {
    const { places } = this;
    let seen = Atomics.load(places, OPENED);
    for (;;) {
      for (let look = 0; look < LOOKS && Atomics.load(places, OPENED) === seen; look++);
      Atomics.wait(places, OPENED, seen);
      seen = Atomics.load(places, OPENED);
      this.takePart(lane, doing);
    }
  }
}
