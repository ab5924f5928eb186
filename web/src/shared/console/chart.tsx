// A curve or bars, drawn by ECharts when it has been loaded. What it shows also stands in a table
// below it, for those who do not see it and for those who want the numbers.
import { useEffect, useRef, useState } from 'react';
import { useDark } from '../ui/ant-theme';
import { Skeleton } from '../ui/skeleton';
import type { Plot } from './plot';
import { useConsoleTexts } from './texts';

export interface Series {
    name: string;
    values: number[];
}

export function Chart({
    title,
    kind,
    labels,
    series,
}: {
    title: string;
    kind: 'line' | 'bar';
    labels: string[];
    series: Series[];
}) {
    const t = useConsoleTexts();
    const place = useRef<HTMLDivElement>(null);
    const plot = useRef<Plot | null>(null);
    const [ready, setReady] = useState(false);
    const dark = useDark();
    useEffect(() => {
        let gone = false;
        void import('./plot').then(({ openPlot }) => {
            if (gone || !place.current) return;
            plot.current = openPlot(place.current, dark);
            setReady(true);
        });
        return () => {
            gone = true;
            plot.current?.close();
            plot.current = null;
            setReady(false);
        };
    }, [dark]);
    useEffect(() => {
        if (ready) plot.current?.draw({ kind, labels, series });
    }, [ready, kind, labels, series]);
    return (
        <figure className="chart">
            <figcaption>{title}</figcaption>
            {!ready && <Skeleton height={260} />}
            <div ref={place} className="chart-place" aria-hidden="true" hidden={!ready} />
            <details>
                <summary>{t('as_table')}</summary>
                <div className="scroll" tabIndex={0} role="region" aria-label={title}>
                    <table className="plain-table">
                        <thead>
                            <tr>
                                <th scope="col">{t('time')}</th>
                                {series.map((one) => (
                                    <th key={one.name} scope="col" className="right">
                                        {one.name}
                                    </th>
                                ))}
                            </tr>
                        </thead>
                        <tbody>
                            {labels.map((label, index) => (
                                <tr key={`${index} ${label}`}>
                                    <th scope="row">{label}</th>
                                    {series.map((one) => (
                                        <td key={one.name} className="right number">
                                            {one.values[index] ?? 0}
                                        </td>
                                    ))}
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            </details>
        </figure>
    );
}
