import { useLanguage } from '@/shared/i18n/language';
import { formatDateTime } from '@/shared/time/format';
import type { Kept } from './offline';
import { useTicketTexts } from './texts';

export function OfflineNote({ kept }: { kept: Kept }) {
    const t = useTicketTexts();
    const language = useLanguage();
    return (
        <p className="note warn" role="status">
            {t('offline', { time: formatDateTime(kept.at, language) })}
        </p>
    );
}
