// Short notices at the edge of the page, read out politely; at most a few at a time. One may carry
// an action, such as taking back what was just done.
import { createStore, useStore } from '../store';

export interface Notice {
    text: string;
    action?: { label: string; run: () => void };
    seconds?: number;
}

interface Shown extends Notice {
    id: number;
}

const kShownMax = 3;
const kSeconds = 4;
const notices = createStore<readonly Shown[]>([]);
let last = 0;

function remove(id: number): void {
    notices.set(notices.get().filter((one) => one.id !== id));
}

// Takes the notice away again.
export function notify(notice: Notice): () => void {
    const id = ++last;
    notices.set([...notices.get(), { ...notice, id }].slice(-kShownMax));
    const timer = setTimeout(() => remove(id), (notice.seconds ?? kSeconds) * 1000);
    return () => {
        clearTimeout(timer);
        remove(id);
    };
}

export function Notices() {
    const shown = useStore(notices);
    return (
        <div className="notices" role="status">
            {shown.map((notice) => (
                <div key={notice.id} className="notice">
                    <span>{notice.text}</span>
                    {notice.action && (
                        <button
                            type="button"
                            onClick={() => {
                                remove(notice.id);
                                notice.action?.run();
                            }}
                        >
                            {notice.action.label}
                        </button>
                    )}
                </div>
            ))}
        </div>
    );
}
