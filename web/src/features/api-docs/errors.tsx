import type { Text } from '@/api/types';
import { useServerText } from '@/shared/i18n/texts';

// A row of the server's catalogue of errors.
export interface ErrorEntry {
    code: string;
    status: number;
    message: Text;
    remedy: Text;
}

export function ErrorRows({ errors }: { errors: ErrorEntry[] }) {
    const text = useServerText();
    return (
        <ul className="api-fields">
            {errors.map((one) => (
                <li key={one.code}>
                    <p>
                        <code className="strong">{one.code}</code>{' '}
                        <span className="muted small">{one.status}</span>
                    </p>
                    <p className="small">
                        {text(one.message)} {text(one.remedy)}
                    </p>
                </li>
            ))}
        </ul>
    );
}
