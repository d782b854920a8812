/** A network as a picture. */
export {
  networkSvg,
  PICTURE_THEMES,
  type PictureCard,
  type PictureTheme,
  type PictureView,
  type PictureWire,
} from './svg';
