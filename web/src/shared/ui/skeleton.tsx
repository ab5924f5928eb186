import { useSharedTexts } from './texts';

export function Skeleton({ height, count = 1 }: { height: number; count?: number }) {
    const t = useSharedTexts();
    return (
        <div className="stack" role="status" aria-label={t('loading')}>
            {Array.from({ length: count }, (_, index) => (
                <div key={index} className="skeleton" style={{ height }} />
            ))}
        </div>
    );
}
