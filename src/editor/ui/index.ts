export { Button } from './Button';
export { Dialog } from './Dialog';
export { IconButton } from './IconButton';
export { Kbd } from './Kbd';
export { Menu, MenuChoice, MenuItem, MenuSeparator } from './Menu';
export { Segmented } from './Segmented';
export { Select } from './Select';
export { Switch } from './Switch';
export { Tooltip, TooltipProvider } from './Tooltip';
