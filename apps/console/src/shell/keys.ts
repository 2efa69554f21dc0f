import { useEffect, useRef, useSyncExternalStore } from 'react';

const STORED = 'loadstair.keys';
const OFF = 'off';
const listeners = new Set<() => void>();

/** Whether single keys do something. Whoever speaks to the machine, or rests a hand on it, wants them off. */
export function useKeysOn(): boolean {
  return useSyncExternalStore(subscribe, keysOn);
}

/** Remembered by this browser. */
export function turnKeys(on: boolean): void {
  if (on) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, OFF);
  for (const listener of listeners) listener();
}

/**
 * A single key that does something anywhere on the page, but not where somebody writes, chooses or answers.
 *
 * @param key as `KeyboardEvent.key` has it
 */
export function useKey(key: string, press: () => void): void {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== key || !keysOn() || !isFree(event)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [key]);
}

function keysOn(): boolean {
  return localStorage.getItem(STORED) !== OFF;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isFree({ target, repeat, defaultPrevented, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (repeat || defaultPrevented || ctrlKey || metaKey || altKey) return false;
  return !(target instanceof Element && target.closest('input, textarea, select, dialog, [contenteditable]') !== null);
}
