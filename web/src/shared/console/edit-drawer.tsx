// A form at the side of the page that it belongs to; over the whole of a phone.
import { Drawer } from 'antd';
import type { ReactNode } from 'react';

export function EditDrawer({
    title,
    open,
    onClose,
    children,
}: {
    title: string;
    open: boolean;
    onClose: () => void;
    children: ReactNode;
}) {
    return (
        <Drawer
            title={title}
            open={open}
            onClose={onClose}
            destroyOnHidden
            width="min(600px, 100vw)"
            rootClassName="console"
        >
            {open && children}
        </Drawer>
    );
}
