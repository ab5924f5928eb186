// A curve or bars, drawn by ECharts when it has been loaded. What it shows also stands in a table
// below it, for those who do not see it and for those who want the numbers.
import { useEffect, useRef, useState } from 'react';
import { useDark } from '@/shared/ui/ant-theme';
import { Skeleton } from '@/shared/ui/skeleton';
import type { Plot } from './plot';
import { useBankTexts } from './texts';

export interface Series {
    name: string;
    values: number[];
}

export function Chart({
    title,
    kind,
    over,
    labels,
    series,
    format,
}: {
    title: string;
    kind: 'line' | 'bar';
    over: string; // what the labels are: days, kinds, merchants
    labels: string[];
    series: Series[];
    format: (value: number) => string;
}) {
    const t = useBankTexts();
    const place = useRef<HTMLDivElement>(null);
    const plot = useRef<Plot | null>(null);
    const [ready, setReady] = useState(false);
    const dark = useDark();
    useEffect(() => {
        let gone = false;
        void import('./plot').then(({ openPlot }) => {
            if (gone || !place.current) return;
            plot.current = openPlot(place.current);
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
        if (ready) plot.current?.draw({ kind, labels, series, format });
    }, [ready, kind, labels, series, format]);
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
                                <th scope="col">{over}</th>
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
                                            {format(one.values[index] ?? 0)}
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
