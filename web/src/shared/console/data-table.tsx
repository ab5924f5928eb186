// A list as a table; on a phone each row becomes a card, and stays a row for screen readers.
import type { ReactNode } from 'react';

export interface Column<Row> {
    title: string;
    cell: (row: Row) => ReactNode;
    numeric?: boolean;
}

export function DataTable<Row>({
    caption,
    columns,
    rows,
    rowKey,
}: {
    caption: string;
    columns: Column<Row>[];
    rows: Row[];
    rowKey: (row: Row, index: number) => string | number;
}) {
    return (
        <table className="data-table" role="table">
            <caption className="visually-hidden">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {columns.map(({ title, numeric }) => (
                        <th key={title} role="columnheader" className={numeric ? 'right' : ''}>
                            {title}
                        </th>
                    ))}
                </tr>
            </thead>
            <tbody role="rowgroup">
                {rows.map((row, index) => (
                    <tr key={rowKey(row, index)} role="row">
                        {columns.map(({ title, cell, numeric }) => (
                            <td
                                key={title}
                                role="cell"
                                data-label={title}
                                className={numeric ? 'right number' : ''}
                            >
                                {cell(row)}
                            </td>
                        ))}
                    </tr>
                ))}
            </tbody>
        </table>
    );
}
