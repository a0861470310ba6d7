import '@mantine/core/styles/Checkbox.css';
import { Drawer } from '@mantine/core';
import { useState } from 'react';
import { ChooseApplication } from './choose-application.tsx';
import { PromoteForm } from './promote-form.tsx';

interface PromoteDrawerProps {
  /** Undefined: to be chosen. */
  readonly application: string | undefined;
  readonly release?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly onClose: () => void;
}

/** Asks for a promotion: what, where to, why; with everything that is known beforehand about whether it may. */
export default function PromoteDrawer({ application, onClose, ...named }: PromoteDrawerProps) {
  const [chosen, setChosen] = useState(application);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={640}
      title={chosen === undefined ? 'Promote' : `Promote ${chosen}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {application === undefined && <ChooseApplication chosen={chosen} onChoose={setChosen} />}
      {chosen !== undefined && <PromoteForm key={chosen} application={chosen} named={named} onClose={onClose} />}
    </Drawer>
  );
}
