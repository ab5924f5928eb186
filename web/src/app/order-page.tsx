// The page of an order, with what the features of money say of it.
import { OrderPayments } from '@/features/payments/order-payments';
import { OrderRefunds } from '@/features/refunds/order-refunds';
import { OrderPage } from '@/features/orders/detail';

export default function Order() {
    return (
        <OrderPage
            money={(order) =>
                order.amount.minor > 0 && (
                    <>
                        <OrderPayments order={order} />
                        <OrderRefunds order={order} />
                    </>
                )
            }
        />
    );
}
