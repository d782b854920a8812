/** A question of one line, asked by whoever needs a name or a number. */
import { create } from 'zustand';

export interface Question {
  title: string;
  /** More about it, under the title. */
  description?: string;
  label: string;
  value: string;
  /** What the button says. */
  action: string;
  /** Does it; gives what is wrong with the answer where it cannot be done. */
  answer(text: string): string | null;
}

interface Asking {
  question: Question | null;
}

export const useAsking = create<Asking>(() => ({ question: null }));

export const ask = (question: Question): void => useAsking.setState({ question });

export const stopAsking = (): void => useAsking.setState({ question: null });
