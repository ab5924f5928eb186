// Orders and tickets over time.
import { useMemo } from 'react';
import type { Step } from '@/api/console-types';
import { useLanguage } from '../i18n/language';
import { formatDate, formatHour, formatTimeOfDay } from '../time/format';
import { Chart } from './chart';
import { useConsoleTexts } from './texts';

const kDaySeconds = 86_400;
const kHourSeconds = 3600;

export function StepsChart({
    title,
    kind,
    steps,
    stepSeconds,
}: {
    title: string;
    kind: 'line' | 'bar';
    steps: Step[];
    stepSeconds: number;
}) {
    const t = useConsoleTexts();
    const language = useLanguage();
    const labels = useMemo(
        () =>
            steps.map(({ at }) => {
                if (stepSeconds >= kDaySeconds) return formatDate(at, language);
                if (stepSeconds >= kHourSeconds) return formatHour(at, language);
                return formatTimeOfDay(at, language);
            }),
        [steps, stepSeconds, language],
    );
    const orders = t('orders');
    const tickets = t('tickets');
    const series = useMemo(
        () => [
            { name: orders, values: steps.map((step) => step.orders) },
            { name: tickets, values: steps.map((step) => step.tickets) },
        ],
        [steps, orders, tickets],
    );
    return <Chart title={title} kind={kind} labels={labels} series={series} />;
}
