// ECharts behind a small face: only the parts that are used are loaded. Colours are the style
// sheet's, so they are the bank's own.
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use as load } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

load([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

export interface Drawing {
    kind: 'line' | 'bar';
    labels: string[];
    series: { name: string; values: number[] }[];
    format: (value: number) => string;
}
export interface Plot {
    draw(drawing: Drawing): void;
    close(): void;
}

export function openPlot(place: HTMLElement): Plot {
    const style = getComputedStyle(place);
    const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
    const ink = colour('ink-2');
    const line = colour('line');
    place.hidden = false;
    const chart = init(place);
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(place);
    return {
        draw({ kind, labels, series, format }) {
            chart.setOption(
                {
                    animation: !still,
                    color: [colour('accent'), colour('plot-2'), colour('plot-3')],
                    textStyle: { fontFamily: 'inherit', color: ink },
                    grid: { left: 8, right: 12, top: 36, bottom: 4, containLabel: true },
                    legend: { top: 0, left: 0, textStyle: { color: ink } },
                    tooltip: {
                        trigger: 'axis',
                        confine: true,
                        valueFormatter: (value: unknown) => format(Number(value)),
                    },
                    xAxis: {
                        type: 'category',
                        data: labels,
                        boundaryGap: kind === 'bar',
                        axisLine: { lineStyle: { color: line } },
                        axisLabel: { color: ink, hideOverlap: true },
                    },
                    yAxis: {
                        type: 'value',
                        splitLine: { lineStyle: { color: line } },
                        axisLabel: { color: ink, formatter: (value: number) => format(value) },
                    },
                    series: series.map((one) => ({
                        name: one.name,
                        type: kind,
                        data: one.values,
                        showSymbol: one.values.length < 2,
                        areaStyle: kind === 'line' ? { opacity: 0.12 } : undefined,
                        barMaxWidth: 28,
                    })),
                },
                { notMerge: true },
            );
        },
        close() {
            watcher.disconnect();
            chart.dispose();
        },
    };
}
