// ECharts behind a small face: only the parts that are used are loaded.
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use as load } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

load([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

export interface Drawing {
    kind: 'line' | 'bar';
    labels: string[];
    series: { name: string; values: number[] }[];
}
export interface Plot {
    draw(drawing: Drawing): void;
    close(): void;
}

const kColours = {
    light: { ink: '#55556a', line: '#e1e1ea', series: ['#5636e0', '#14713d', '#b3202c'] },
    dark: { ink: '#b4b4c8', line: '#333345', series: ['#a493ff', '#6ad79a', '#ff9aa2'] },
};

export function openPlot(place: HTMLElement, dark: boolean): Plot {
    const colours = dark ? kColours.dark : kColours.light;
    place.hidden = false;
    const chart = init(place);
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(place);
    return {
        draw({ kind, labels, series }) {
            chart.setOption(
                {
                    animation: !still,
                    color: colours.series,
                    textStyle: { fontFamily: 'inherit', color: colours.ink },
                    grid: { left: 8, right: 12, top: 36, bottom: 4, containLabel: true },
                    legend: { top: 0, left: 0, textStyle: { color: colours.ink } },
                    tooltip: { trigger: 'axis', confine: true },
                    xAxis: {
                        type: 'category',
                        data: labels,
                        boundaryGap: kind === 'bar',
                        axisLine: { lineStyle: { color: colours.line } },
                        axisLabel: { color: colours.ink, hideOverlap: true },
                    },
                    yAxis: {
                        type: 'value',
                        minInterval: 1,
                        splitLine: { lineStyle: { color: colours.line } },
                        axisLabel: { color: colours.ink },
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
