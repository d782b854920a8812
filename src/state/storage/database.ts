/** The browser's database: saved networks, trained weights beside them, and the person's own blocks. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

interface Schema extends DBSchema {
  networks: { key: string; value: unknown };
  weights: { key: string; value: unknown };
  blocks: { key: string; value: unknown };
}

let opening: Promise<IDBPDatabase<Schema>> | undefined;

/** @throws where the browser offers no storage (private windows, blocked cookies) */
export function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('tensorloom', 2, {
    upgrade(db, from) {
      if (from < 1) {
        db.createObjectStore('networks');
        db.createObjectStore('weights');
      }
      if (from < 2) db.createObjectStore('blocks');
    },
    // A newer version in another tab must not wait for this one.
    blocking() {
      void opening?.then((db) => db.close());
      opening = undefined;
    },
    terminated() {
      opening = undefined;
    },
  }).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}
