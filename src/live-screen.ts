import { fittedFrame, frameUpdate, type ScreenSize } from './render/frame.js';

/** A terminal whose cursor can be moved, as a live screen needs it. */
export interface ScreenDevice {
  size(): ScreenSize;
  write(text: string): void;
  /** Tells what happens there, until the returned function is called. Keys come one by one and are not echoed. */
  listen(events: ScreenEvents): () => void;
  /** As Ctrl-C does where keys are not taken. */
  interrupt(): void;
  /** As Ctrl-Z does; `resumed` follows when a person goes on, maybe more than once. */
  suspend(): void;
}

export interface ScreenEvents {
  resized(): void;
  /** After a stop by the shell. */
  resumed(): void;
  key(key: string): void;
  /** The program ends, whyever. */
  exit(): void;
}

/** What a person watches: each frame takes the place of the one before. */
export interface LiveScreen {
  draw(lines: readonly string[]): void;
  /** Resolves when the person leaves it by the key `q`. */
  readonly left: Promise<void>;
  /** Gives the terminal back as it was, and leaves the last frame there. */
  close(): void;
}

/** A screen of its own, so that what was there stays; no cursor; and no line that goes on in the next row. */
const ENTER = '\u001B[?1049h\u001B[?25l\u001B[?7l';
const EMPTY = '\u001B[H\u001B[J';
/** Where there is no second screen, the frame is taken away before it is left once more. */
const LEAVE = `${EMPTY}\u001B[?7h\u001B[?25h\u001B[?1049l`;

/** Takes over the terminal. `redraw` is called when its size has changed; `mark` stands for what is cut off. */
export function openLiveScreen(device: ScreenDevice, redraw: () => void, mark: string): LiveScreen {
  const canvas = openCanvas(device, mark);
  const drawAnew = () => {
    canvas.begin();
    redraw();
  };
  const suspend = () => {
    canvas.end();
    device.suspend();
  };
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const keys = new Map([
    ['\u0003', device.interrupt], // Ctrl-C
    ['\u001A', suspend], // Ctrl-Z
    ['\f', drawAnew], // Ctrl-L
    ['q', leave],
  ]);
  const stopListening = device.listen({
    resized: drawAnew,
    resumed: drawAnew,
    exit: canvas.end,
    key: (key) => keys.get(key)?.(),
  });
  canvas.begin();
  return {
    left,
    draw: canvas.draw,
    close() {
      stopListening();
      canvas.end();
    },
  };
}

/** The terminal's second screen, and what it shows. Between `end` and `begin` nothing is drawn. */
function openCanvas(device: ScreenDevice, mark: string) {
  let shown: readonly string[] = [];
  let isOpen = false;
  return {
    begin() {
      device.write(isOpen ? EMPTY : `${ENTER}${EMPTY}`);
      isOpen = true;
      shown = [];
    },
    draw(lines: readonly string[]) {
      if (!isOpen) return;
      const size = device.size();
      const frame = fittedFrame(lines, size, mark);
      const update = frameUpdate(shown, frame, size.columns);
      if (update !== '') device.write(update);
      shown = frame;
    },
    end() {
      if (!isOpen) return;
      isOpen = false;
      device.write(`${LEAVE}${shown.map((line) => `${line}\n`).join('')}`);
    },
  };
}
